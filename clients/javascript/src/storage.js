/** @import { Storage, StoredSession } from './types.js' */

/** In which the database has its one record. */
const STORE = 'session';

/**
 * Where a session is kept between two exchanges.
 * @param {'cookie' | 'memory' | 'local' | 'bound' | Storage} mode
 * @param {string} name of the item in localStorage, or of the database
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
    case 'bound':
      return { ...indexed(name), bound: true };
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

/**
 * In IndexedDB, which keeps keys that no script can read. What it says is believed, also that there is nothing any more; what
 * it cannot say or keep for now, this tab remembers.
 * @param {string} name
 * @returns {Storage}
 */
const indexed = (name) => {
  /** @type {StoredSession | null} */
  let latest = null;
  let unsaved = false;

  /** @type {Storage['write']} */
  const write = async (session) => {
    latest = session;
    try {
      await transact(name, 'readwrite', (store) => session ? store.put(session, STORE) : store.delete(STORE));
      unsaved = false;
    } catch {
      unsaved = true;
    }
  };

  return {
    read: async () => {
      if (!unsaved) {
        try {
          latest = await transact(name, 'readonly', (store) => store.get(STORE)) ?? null;
        } catch {
          // What was there last is still true.
        }
      }
      return latest && { ...latest };
    },
    write,
  };
};

/**
 * @param {string} name
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} action
 * @returns {Promise<any>}
 */
const transact = (name, mode, action) => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    try {
      const transaction = database.transaction(STORE, mode);
      const request = action(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    } catch (cause) {
      reject(cause);
    } finally {
      database.close(); // when the transaction is complete
    }
  };
});
