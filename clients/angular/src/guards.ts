import { inject } from '@angular/core';
import { type CanActivateFn, Router, type UrlTree } from '@angular/router';
import { Latchkey } from './latchkey.js';

/** Lets through who is logged in, and sends everybody else to log in, with the wanted address as `redirect`. */
export const latchkeyGuard: CanActivateFn = async (_route, state) => {
  const latchkey = inject(Latchkey);
  const router = inject(Router);
  return (await loggedIn(latchkey)) || toLogin(latchkey, router, state.url);
};

/**
 * Lets through who is logged in and has the role. It only spares people a page that would be empty: whether the role is
 * there is decided by the server that has the data.
 *
 * @param otherwise the route for those who are logged in without the role; without it, they stay where they are
 */
export function roleGuard(role: string, otherwise?: string): CanActivateFn {
  return async (_route, state) => {
    const latchkey = inject(Latchkey);
    const router = inject(Router);
    if (!(await loggedIn(latchkey))) {
      return toLogin(latchkey, router, state.url);
    }
    if (!has(latchkey, role)) {
      // A role that was granted lately is in the next access token.
      await latchkey.refreshed();
    }
    if (latchkey.client.user === null) {
      return toLogin(latchkey, router, state.url);
    }
    return has(latchkey, role) || (otherwise === undefined ? false : router.parseUrl(otherwise));
  };
}

async function loggedIn(latchkey: Latchkey): Promise<boolean> {
  if (latchkey.client.user === null) {
    await latchkey.restored();
  }
  return latchkey.client.user !== null;
}

function has(latchkey: Latchkey, role: string): boolean {
  return latchkey.client.user?.roles.includes(role) ?? false;
}

function toLogin(latchkey: Latchkey, router: Router, wanted: string): UrlTree {
  return router.createUrlTree([latchkey.loginRoute], { queryParams: { redirect: wanted } });
}
