import { HttpErrorResponse, type HttpEvent } from '@angular/common/http';
import type { HttpHandlerFn, HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { LatchkeyError } from '@latchkey/client';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { Latchkey } from './latchkey.js';

/**
 * Gives requests to Latchkey and to its `resources` the access token, exchanged before it expires, and a proof if the
 * session is bound to a key. A request that is refused for one of them is repeated, once for each reason: the token may
 * have expired nevertheless, or the server may want a nonce in the proof. Requests to anywhere else, and those that have
 * an `Authorization` of their own, stay as they are.
 *
 * When there is a session and no token can be had, the request is not sent: it fails as if the answer had been
 * Latchkey's, with its status (0: no answer) and the `LatchkeyError` as `error`.
 */
export const latchkeyInterceptor: HttpInterceptorFn = (request, next) => {
  const latchkey = inject(Latchkey);
  return latchkey.trusts(request.urlWithParams) && !request.headers.has('Authorization')
    ? attempt(latchkey, request, next)
    : next(request);
};

type Request = HttpRequest<unknown>;
type Response = Observable<HttpEvent<unknown>>;
type Attempt = { answer: HttpErrorResponse; sent: Record<string, string> };

/** Sends the request, and again for as long as that may be better. */
function attempt(latchkey: Latchkey, request: Request, next: HttpHandlerFn, before?: Attempt): Response {
  const refusal = before && { status: before.answer.status, headers: before.answer.headers, sent: before.sent };
  return from(latchkey.authorization(request.method, request.urlWithParams, refusal)).pipe(
    catchError((error: unknown) => throwError(() => failed(request, error))),
    switchMap((sent) => {
      if (sent === null) {
        return before === undefined ? next(request) : throwError(() => before.answer);
      }
      return next(request.clone({ setHeaders: sent })).pipe(
        catchError((answer: unknown) =>
          answer instanceof HttpErrorResponse
            ? attempt(latchkey, request, next, { answer, sent })
            : throwError(() => answer),
        ),
      );
    }),
  );
}

function failed({ urlWithParams: url }: Request, error: unknown): unknown {
  return error instanceof LatchkeyError
    ? new HttpErrorResponse({ error, status: error.status, statusText: error.code, url })
    : error;
}
