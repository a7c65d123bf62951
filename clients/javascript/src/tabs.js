import { TIME_OUT } from './api.js';
/** @import { Message, Platform } from './types.js' */

/**
 * The other tabs of this browser that use the same Latchkey. What they say is advice: waiting for them is bounded, and
 * nothing breaks when a message is late or lost.
 * @param {string} name
 * @param {Platform} platform
 * @param {(message: Message) => void} receive
 */
export const createTabs = (name, platform, receive) => {
  const self = crypto.randomUUID();
  const channel = platform.channel(name);
  /** @type {Map<string, () => void>} the tabs that wait for an answer of the service; each with its timer's end */
  const busy = new Map();
  /** @type {Set<() => void>} */
  const waiting = new Set();
  let closed = false;

  /** @param {string} tab */
  const done = (tab) => {
    busy.get(tab)?.();
    busy.delete(tab);
    waiting.forEach((check) => check());
  };

  channel.onmessage = ({ data: { from, ...message } }) => {
    if (message.type === 'exchanging' || message.type === 'signing_in') {
      busy.get(from)?.();
      busy.set(from, platform.after(TIME_OUT, () => done(from)));
    }
    receive(message);
    if (message.type === 'idle' || message.type === 'session' || message.type === 'signed_out') {
      done(from);
    }
  };

  /**
   * Resolves when another tab has made the condition true, or nobody has after so many milliseconds.
   * @param {() => boolean} condition
   * @param {number} atMost
   * @returns {Promise<void>}
   */
  const until = (condition, atMost) => new Promise((resolve) => {
    const finish = () => {
      cancel();
      waiting.delete(check);
      resolve();
    };
    const check = () => {
      if (closed || condition()) {
        finish();
      }
    };
    const cancel = platform.after(atMost, finish);
    waiting.add(check);
    check();
  });

  /** @param {Message} message */
  const send = (message) => {
    if (!closed) {
      channel.postMessage({ ...message, from: self });
    }
  };

  return {
    send,
    until,
    /** Until those that wait for an answer now have it, or gave up; exchanges do so at once. Those that come wait. */
    turn: () => {
      const earlier = [...busy.keys()];
      send({ type: 'signing_in' });
      return until(() => !earlier.some((tab) => busy.has(tab)), TIME_OUT);
    },
    /** Until no other tab waits for an answer. */
    idle: () => until(() => busy.size === 0, TIME_OUT),
    close: () => {
      closed = true;
      channel.close();
      [...busy.keys()].forEach(done);
    },
  };
};
