import { HttpErrorResponse, type HttpEvent } from '@angular/common/http';
import type { HttpHandlerFn, HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { LatchkeyError } from '@latchkey/client';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { Latchkey } from './latchkey.js';

/**
 * Gives requests to Latchkey and to its `resources` the access token, exchanged before it expires. When a server finds
 * it expired nevertheless, it is exchanged and the request repeated, once. Requests to anywhere else, and those that
 * have an `Authorization` of their own, stay as they are.
 *
 * When there is a session and no token can be had, the request is not sent: it fails as if the answer had been
 * Latchkey's, with its status (0: no answer) and the `LatchkeyError` as `error`.
 */
export const latchkeyInterceptor: HttpInterceptorFn = (request, next) => {
  const latchkey = inject(Latchkey);
  if (!latchkey.trusts(request.urlWithParams) || request.headers.has('Authorization')) {
    return next(request);
  }
  return token(latchkey, request).pipe(
    switchMap((first) =>
      send(request, next, first).pipe(
        catchError((answer: unknown) =>
          first !== null && saysExpired(answer)
            ? token(latchkey, request, first).pipe(switchMap((second) => send(request, next, second)))
            : throwError(() => answer),
        ),
      ),
    ),
  );
};

type Request = HttpRequest<unknown>;

function token(latchkey: Latchkey, request: Request, rejected?: string): Observable<string | null> {
  const next = from(latchkey.accessToken(rejected));
  return next.pipe(catchError((error: unknown) => throwError(() => failed(request, error))));
}

function send(request: Request, next: HttpHandlerFn, token: string | null): Observable<HttpEvent<unknown>> {
  return next(token === null ? request : request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }));
}

function saysExpired(answer: unknown): boolean {
  return answer instanceof HttpErrorResponse && answer.status === 401 && answer.headers.get('Token-Expired') === 'true';
}

function failed({ urlWithParams: url }: Request, error: unknown): unknown {
  return error instanceof LatchkeyError
    ? new HttpErrorResponse({ error, status: error.status, statusText: error.code, url })
    : error;
}
