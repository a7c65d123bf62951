import { randomUUID } from 'node:crypto';
import { createClient } from '../src/client.js';
import { browser } from '../src/platform.js';
/** @import { Options, Platform } from '../src/types.js' */

const service = process.env.LATCHKEY_URL ?? '';
if (!service) {
  throw new Error('LATCHKEY_URL must be the address of a running service: see .ci/clients.');
}
export { service };

export const password = 'four quiet herons at dusk';

export const REFRESH = '/api/auth/refresh';

/** A registration that nobody has made before. */
export const somebody = () => {
  const username = `ada-${randomUUID().slice(0, 13)}`;
  return { username, email: `${username}@example.org`, password };
};

/**
 * A clock that moves when a test says so. What waits for at most a tenth of a second waits for real: it waits for other
 * tabs, which are real.
 */
export const createClock = () => {
  let now = 1_000_000;
  /** @type {Set<{ at: number, milliseconds: number, action: () => void }>} */
  const timers = new Set();

  const fire = () => {
    for (const timer of [...timers].filter(({ at }) => at <= now)) {
      timers.delete(timer);
      timer.action();
    }
  };

  return {
    now: () => now,
    /** @type {Platform['after']} */
    after: (milliseconds, action) => {
      if (milliseconds <= 100) {
        return browser.after(milliseconds, action);
      }
      const timer = { at: now + milliseconds, milliseconds, action };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    /** @param {number} milliseconds */
    advance: (milliseconds) => {
      now += milliseconds;
      fire();
    },
    /**
     * Lets time pass from pause to pause while the client waits before it tries again, until the promise is settled.
     * No request times out meanwhile.
     * @template T
     * @param {Promise<T>} promise
     * @returns {Promise<T>}
     */
    passUntil: async (promise) => {
      let settled = false;
      const done = () => {
        settled = true;
      };
      promise.then(done, done);
      while (!settled) {
        const next = [...timers].filter(({ milliseconds }) => milliseconds !== 10_000).sort((a, b) => a.at - b.at)[0];
        if (next) {
          timers.delete(next);
          now = Math.max(now, next.at);
          next.action();
        }
        await new Promise(setImmediate);
      }
      return promise;
    },
    /** Resolves when so many wait that long. @param {number} count @param {number} milliseconds */
    waitFor: async (count, milliseconds) => {
      while ([...timers].filter((timer) => timer.milliseconds === milliseconds).length < count) {
        await new Promise(setImmediate);
      }
    },
  };
};

/**
 * Tabs of one browser in front of one proxy. All are closed at the end of the test.
 * @param {import('node:test').TestContext} t
 * @param {{ url: string }} proxy
 * @param {Options} [options]
 */
export const createBrowser = (t, proxy, options = {}) => {
  const clock = createClock();
  return {
    clock,
    /** @param {Partial<Platform>} [platform] */
    open: (platform = {}) => {
      const { now, after } = clock;
      const tab = createClient(
        { url: proxy.url, storage: 'memory', ...options }, { ...browser, now, after, ...platform });
      t.after(() => tab.close());
      return tab;
    },
  };
};

/** The next change that a client reports. @param {import('../src/types.js').Client} client */
export const nextChange = (client) => new Promise((resolve) => {
  const stop = client.subscribe((change) => {
    stop();
    resolve(change);
  });
});

/** @param {Promise<unknown>} promise the code of the error that it is rejected with. */
export const codeOf = async (promise) => {
  try {
    return `no error, but ${JSON.stringify(await promise)}`;
  } catch (error) {
    return /** @type {any} */ (error).code ?? error;
  }
};
