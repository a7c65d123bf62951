// How every form of the pages works: one answer at a time, each mistake at its field, results in a live region.

import { fieldSentence, sentence, wrongFields } from './problem.js';
import { text } from './texts.js';

// A browser may bring a page back as it was left: with the password that was typed, or the account of somebody who has
// signed out meanwhile.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) {
    location.reload();
  }
});

/**
 * @template {Element} T
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  return /** @type {T} */ (/** @type {unknown} */ (document.getElementById(id)));
}

/**
 * @param {HTMLFormElement} form
 * @param {(values: Record<string, string>) => Promise<void>} action what the form is for; what it throws is shown
 */
export function onSubmit(form, action) {
  for (const button of form.querySelectorAll('.show')) {
    button.addEventListener('click', () => reveal(button, inputBeside(button).type === 'password'));
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') {
      return;
    }
    forgetMistakes(form);
    say(form, '');
    const empty = inputsOf(form).filter((input) => input.required && input.value === '');
    if (empty.length > 0) {
      markAll(form, empty.map((input) => ({ input, message: fieldSentence(input, 'required') })));
      return;
    }
    // As text, a browser could keep it with what was typed elsewhere.
    form.querySelectorAll('.show').forEach((button) => reveal(button, false));
    form.setAttribute('aria-busy', 'true');
    try {
      await action(Object.fromEntries(inputsOf(form).map((input) => [input.name, input.value])));
    } catch (error) {
      showError(form, error);
    } finally {
      form.removeAttribute('aria-busy');
    }
  });
}

/** @param {HTMLFormElement} form */
export function empty(form) {
  form.reset();
  forgetMistakes(form);
}

/**
 * Says how it went, beside what was asked for.
 *
 * @param {Element} place a live region, or what contains one
 * @param {string} message
 * @param {'good' | 'bad'} kind
 */
export function say(place, message, kind = 'good') {
  const region = place.matches('.status') ? place : place.querySelector('.status');
  region.textContent = message;
  region.classList.toggle('bad', kind === 'bad');
}

function showError(form, error) {
  const wrong = wrongFields(form, error);
  if (wrong.length > 0) {
    markAll(form, wrong);
  } else {
    say(form, sentence(error), 'bad');
  }
}

function markAll(form, wrong) {
  for (const { input, message } of wrong) {
    input.setAttribute('aria-invalid', 'true');
    byId(`${input.id}-error`).textContent = message;
  }
  if (wrong.length > 1) {
    say(form, text('problem.validation_failed'), 'bad');
  }
  inputsOf(form).find((input) => input.getAttribute('aria-invalid') === 'true').focus();
}

function forgetMistakes(form) {
  for (const input of inputsOf(form)) {
    input.removeAttribute('aria-invalid');
  }
  form.querySelectorAll('.error').forEach((error) => (error.textContent = ''));
}

function reveal(button, shown) {
  inputBeside(button).type = shown ? 'text' : 'password';
  button.textContent = text(shown ? 'hide' : 'show');
  button.setAttribute('aria-label', text(shown ? 'hide.password' : 'show.password'));
}

function inputBeside(button) {
  return byId(button.getAttribute('aria-controls'));
}

function inputsOf(form) {
  return [...form.elements].filter((element) => element instanceof HTMLInputElement);
}
