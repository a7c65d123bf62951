// An application without a browser: Angular's own router and HttpClient with `@latchkey/angular`.

import '@angular/compiler';
import { DOCUMENT } from '@angular/common';
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { provideLocationMocks } from '@angular/common/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { provideRouter, Router } from '@angular/router';
import { Latchkey, latchkeyGuard, latchkeyInterceptor, provideLatchkey, roleGuard } from '@latchkey/angular';
import { LATCHKEY } from './service.mjs';

export const PAGE = 'http://localhost:4200';
export const TASKS = 'http://localhost:8090';

TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting());

const routes = [
  { path: 'login', children: [] },
  { path: 'tasks', children: [], canActivate: [latchkeyGuard] },
  { path: 'customers', children: [], canActivate: [roleGuard('manager', '/forbidden')] },
  { path: 'reports', children: [], canActivate: [roleGuard('auditor')] },
  { path: 'forbidden', children: [] },
];

/** Starts an application, and resolves when its first navigation may begin. */
export async function start(options = {}) {
  TestBed.configureTestingModule({
    providers: [
      { provide: DOCUMENT, useValue: { baseURI: `${PAGE}/` } },
      provideLocationMocks(),
      provideRouter(routes),
      provideLatchkey({ url: LATCHKEY, resources: [TASKS], storage: 'cookie', ...options }),
      provideHttpClient(withInterceptors([latchkeyInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  const latchkey = TestBed.inject(Latchkey);
  await TestBed.inject(ApplicationInitStatus).donePromise;
  return { latchkey, router: TestBed.inject(Router), requests: TestBed.inject(HttpTestingController) };
}

export function stop() {
  TestBed.resetTestingModule();
}
