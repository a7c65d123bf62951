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
      return { ...unfinished(local(name)), cookie: true };
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
 * In cookie mode no credential is kept here, and nothing at rest: only the name of an exchange until it is answered, and
 * that somebody has logged out until the service has heard of it.
 * @param {Storage} storage
 * @returns {Storage}
 */
const unfinished = ({ read, write }) => ({
  read,
  write: (session) => write(session?.key || session?.owed ? session : null),
});

/**
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
