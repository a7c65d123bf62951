// What a refusal means for people: a sentence, and the field that it belongs to.

import { duration, firstText, text } from './texts.js';

/** Refusals that are about one field: those who look for it try these names in turn. */
const FIELDS = {
  invalid_code: ['code'],
  username_taken: ['username'],
  email_taken: ['email'],
  wrong_password: ['currentPassword', 'password'],
};

/** @param {{ code?: string, retryAfter?: number }} error a LatchkeyError, or anything else that was thrown */
export function sentence({ code, retryAfter }) {
  if (code === 'too_many_attempts') {
    return text('problem.too_many_attempts', { time: duration(retryAfter || 60) });
  }
  return firstText(`problem.${code}`) ?? text('problem.internal_error');
}

/**
 * Which fields of a form are wrong, and what to do about each.
 *
 * @param {HTMLFormElement} form
 * @param {{ code?: string, errors?: { field: string, code: string }[] }} error
 * @returns {{ input: HTMLInputElement, message: string }[]}
 */
export function wrongFields(form, error) {
  if (error.code === 'validation_failed') {
    return (error.errors ?? []).flatMap(({ field, code }) => {
      const input = inputOf(form, field);
      return input ? [{ input, message: fieldSentence(input, code) }] : [];
    });
  }
  const names = Object.hasOwn(FIELDS, error.code ?? '') ? FIELDS[error.code] : [];
  const input = names.map((name) => inputOf(form, name)).find(Boolean);
  return input ? [{ input, message: sentence(error) }] : [];
}

/** @param {HTMLInputElement} input @param {string} code */
export function fieldSentence(input, code) {
  const name = input.dataset.text ?? input.name;
  return firstText(`field.${name}.${code}`, `field.${code}`) ?? text('problem.validation_failed');
}

function inputOf(form, name) {
  const input = form.elements.namedItem(name);
  return input instanceof HTMLInputElement ? input : undefined;
}
