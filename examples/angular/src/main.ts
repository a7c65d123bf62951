import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { latchkeyInterceptor, provideLatchkey } from '@latchkey/angular';
import { LATCHKEY, TASKS } from './app/addresses';
import { App } from './app/app';
import { routes } from './app/routes';

bootstrapApplication(App, {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes),
    provideLatchkey({ url: LATCHKEY, resources: [TASKS] }),
    provideHttpClient(withInterceptors([latchkeyInterceptor])),
  ],
}).catch((error: unknown) => console.error(error));
