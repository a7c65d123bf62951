/** @import { Storage, StoredSession } from './types.js' */

/**
 * Where a session is kept between two exchanges.
 * @param {'cookie' | 'memory' | 'local' | Storage} mode
 * @param {string} name of the item in localStorage
 * @returns {Storage}
 */
export const storageOf = (mode, name) => {
  switch (mode) {
    case 'cookie':
      return { ...local(name), cookie: true };
    case 'memory':
      return { ...memory(), channel: true };
    case 'local':
      return local(name);
    default:
      return mode;
  }
};

/** @returns {Storage} */
const memory = () => {
  /** @type {StoredSession | null} */
  let kept = null;
  return {
    read: () => kept,
    write: (session) => {
      kept = session;
    },
  };
};

/**
 * In cookie mode no credential is written here, only the name of the exchange that is under way.
 * @param {string} name
 * @returns {Storage}
 */
const local = (name) => {
  const instead = memory(); // of a localStorage that the browser refuses or that is full
  return {
    read: () => {
      try {
        return JSON.parse(localStorage.getItem(name) ?? 'null') ?? instead.read();
      } catch {
        return instead.read();
      }
    },
    write: (session) => {
      try {
        if (session) {
          localStorage.setItem(name, JSON.stringify(session));
        } else {
          localStorage.removeItem(name);
        }
        instead.write(null);
      } catch {
        instead.write(session);
      }
    },
  };
};
