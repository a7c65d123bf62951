import { DOCUMENT } from '@angular/common';
import {
  DestroyRef,
  type EnvironmentProviders,
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  provideAppInitializer,
  type Signal,
  signal,
} from '@angular/core';
import { Router } from '@angular/router';
import { createClient, LatchkeyError } from '@latchkey/client';

export type LatchkeyClient = ReturnType<typeof createClient>;
export type LatchkeyRefusal = Parameters<LatchkeyClient['authorization']>[2];
export type LatchkeyUser = NonNullable<LatchkeyClient['user']>;

/** Those of `createClient`, and what Angular needs in addition. */
export type LatchkeyOptions = NonNullable<Parameters<typeof createClient>[0]> & {
  /** The route that guards send people to who are not logged in; default `/login`. */
  loginRoute?: string;
  /** How long the start, and a guard, wait for the session, in milliseconds; default 5000. */
  startTimeout?: number;
};

const OPTIONS = new InjectionToken<LatchkeyOptions>('the options of Latchkey');

/** The session of this browser. `inject(Latchkey)` gives it. */
export class Latchkey {
  /** The client of `@latchkey/client`, for everything that is not here. */
  readonly client: LatchkeyClient;
  /** Who is logged in, or null. For showing; a server decides by the access token. */
  readonly user: Signal<LatchkeyUser | null>;
  /** Why nobody is logged in any more: `logged_out` or the code of the refusal; null while there is nothing to say. */
  readonly ended: Signal<string | null>;
  /** Whether the last attempt to take up the session failed, so that nobody knows whether there is one. */
  readonly unreachable: Signal<boolean>;
  readonly loginRoute: string;

  readonly #origins: Set<string>;
  readonly #base: string;
  readonly #router = inject(Router);
  readonly #timeout: number;
  readonly #writableUser = signal<LatchkeyUser | null>(null, { equal: sameUser });
  readonly #writableEnded = signal<string | null>(null);
  readonly #writableUnreachable = signal(false);
  #restoring: Promise<void> | undefined;

  constructor() {
    const { loginRoute = '/login', startTimeout = 5000, ...options } = inject(OPTIONS);
    this.#base = inject(DOCUMENT).baseURI;
    this.#origins = new Set([options.url ?? '', ...(options.resources ?? [])].map((url) => this.#originOf(url)));
    this.#timeout = startTimeout;
    this.loginRoute = loginRoute;
    this.user = this.#writableUser.asReadonly();
    this.ended = this.#writableEnded.asReadonly();
    this.unreachable = this.#writableUnreachable.asReadonly();
    this.client = createClient(options);
    const stop = this.client.subscribe(({ user, reason }) => {
      this.#writableUser.set(user);
      this.#writableEnded.set(user === null ? (reason ?? null) : null);
    });
    inject(DestroyRef).onDestroy(() => {
      stop();
      this.client.close();
    });
  }

  /**
   * Resolves as soon as it is known whether somebody is logged in, and after `startTimeout` in any case; never rejects.
   * An attempt that failed told nothing, so the next call makes another one.
   */
  async restored(): Promise<void> {
    this.#restoring ??= this.#restore();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#writableUnreachable.set(this.client.user === null);
        resolve();
      }, this.#timeout);
    });
    await Promise.race([this.#restoring, late]);
    clearTimeout(timer);
  }

  /**
   * The headers for one request to an address that is trusted: the access token, exchanged if needed, and a proof if the
   * session is bound to a key. Null if nobody is logged in, and if another attempt would be no better.
   *
   * @param refusal the answer to the attempt before, with the headers that were sent
   * @throws LatchkeyError when there is a session, and no token for it now
   */
  async authorization(method: string, url: string, refusal?: LatchkeyRefusal): Promise<Record<string, string> | null> {
    try {
      return refusal === undefined
        ? await this.client.authorization(method, url)
        : await this.client.authorization(method, url, refusal);
    } catch (error) {
      if (error instanceof LatchkeyError && error.code === 'signed_out') {
        return null;
      }
      throw error;
    } finally {
      this.#writableUser.set(this.client.user); // its roles may have changed
    }
  }

  /** Resolves when the roles of whoever is logged in are those of a valid access token, if one can be had. */
  async refreshed(): Promise<void> {
    await this.client.accessToken().catch(() => null);
    this.#writableUser.set(this.client.user);
  }

  /** Whether a request to this address may carry an access token: to Latchkey itself and to `resources`. */
  trusts(url: string): boolean {
    return this.#origins.has(this.#originOf(url));
  }

  /** The address that was asked for before the log-in: a path of this application, whatever the query says. */
  wanted(): string {
    const query: unknown = this.#router.parseUrl(this.#router.url).queryParams['redirect'];
    if (typeof query !== 'string' || !query.startsWith('/')) {
      return '/';
    }
    const url = parse(query, this.#base);
    const own = url !== null && url.origin === new URL(this.#base).origin && !url.pathname.startsWith('//');
    return own ? url.pathname + url.search + url.hash : '/';
  }

  async #restore(): Promise<void> {
    try {
      await this.client.restore();
      this.#writableUser.set(this.client.user);
      this.#writableUnreachable.set(false);
    } catch {
      this.#restoring = undefined;
      this.#writableUnreachable.set(true);
    }
  }

  #originOf(url: string): string {
    return parse(url, this.#base)?.origin ?? 'none';
  }
}

/** Everything that `inject(Latchkey)`, the guards and the interceptor need; takes up the session before the start. */
export function provideLatchkey(options: LatchkeyOptions = {}): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: OPTIONS, useValue: options },
    { provide: Latchkey, useFactory: () => new Latchkey() },
    provideAppInitializer(() => inject(Latchkey).restored()),
  ]);
}

function sameUser(one: LatchkeyUser | null, other: LatchkeyUser | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function parse(url: string, base: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}
