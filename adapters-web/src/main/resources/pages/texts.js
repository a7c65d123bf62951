// The texts of the pages, of which the service has one file, and what is put into them.

/** The page's language, in the spelling of dates that the reader prefers: en-GB rather than en. */
const language = preferred(document.documentElement.lang);

const texts = await load();

/**
 * Without texts there is no page, not even one that says what is wrong: so until they come.
 *
 * @returns {Promise<Record<string, string>>}
 */
async function load() {
  for (;;) {
    try {
      const answer = await fetch('/pages/texts.json');
      if (answer.ok) {
        return await answer.json();
      }
    } catch {
      // Said above.
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/**
 * @param {string} key
 * @param {Record<string, string>} values for the names in braces
 */
export function text(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (braces, name) => values[name] ?? braces);
}

/** The first of the keys of which there is a text. @param {string[]} keys */
export function firstText(...keys) {
  const key = keys.find((candidate) => Object.hasOwn(texts, candidate));
  return key === undefined ? undefined : text(key);
}

/** A day and a time of it, as people of the page's language write them. @param {string} instant ISO 8601 */
export function dateAndTime(instant) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

/** @param {string} instant ISO 8601 */
export function date(instant) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(instant));
}

/** A time to wait, never shorter than it is. @param {number} seconds */
export function duration(seconds) {
  const [count, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 90 * 60 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.ceil(count));
}

/** @param {string} tag */
function preferred(tag) {
  const primary = (/** @type {string} */ each) => each.split('-')[0].toLowerCase();
  return navigator.languages.find((each) => primary(each) === primary(tag)) ?? tag;
}
