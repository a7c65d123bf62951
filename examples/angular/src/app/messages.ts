import { HttpErrorResponse } from '@angular/common/http';
import { LatchkeyError } from '@latchkey/client';

/** Why a session ended, by the reason that the client gives; null where there is nothing to explain. */
export function whyEnded(reason: string | null): string | null {
  switch (reason) {
    case null:
    case 'logged_out':
      return null;
    case 'refresh_token_expired':
      return 'You have been away for long. Please log in again.';
    case 'refresh_token_reused':
      return 'Your session was used from two places, so it was ended for safety. Please log in again.';
    default:
      return 'Your session has ended. Please log in again.';
  }
}

/** What to tell somebody about a failure: of Latchkey's client, or of HttpClient. */
export function whatFailed(error: unknown): string {
  if (error instanceof LatchkeyError) {
    return ofLatchkey(error);
  }
  if (error instanceof HttpErrorResponse) {
    return error.error instanceof LatchkeyError ? ofLatchkey(error.error) : ofStatus(error.status);
  }
  throw error; // a bug, not a failure
}

function ofLatchkey(error: LatchkeyError): string {
  switch (error.code) {
    case 'invalid_credentials':
      return 'User name or password is wrong.';
    case 'too_many_attempts':
      return `Too many attempts. Try again in ${error.retryAfter ?? 60} seconds.`;
    default:
      return ofStatus(error.status ?? 0);
  }
}

function ofStatus(status: number): string {
  switch (status) {
    case 0:
      return 'The service cannot be reached. Your session is not lost; try again.';
    case 401:
      return 'You are not logged in any more.';
    case 403:
      return 'You are not allowed to do that.';
    case 404:
      return 'That is gone.';
    case 429:
    case 503:
      return 'The service is busy. Your session is not lost; try again in a moment.';
    default:
      return `That did not work (${status}).`;
  }
}
