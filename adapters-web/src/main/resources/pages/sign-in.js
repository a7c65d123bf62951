import { createClient } from './client/index.js';
import { REASONS, ownAddress } from './address.js';
import { byId, onSubmit } from './form.js';
import { text } from './texts.js';

const latchkey = createClient({ storage: 'cookie' });
const query = new URLSearchParams(location.search);
const redirect = query.get('redirect');
const onward = ownAddress(redirect);
const reason = query.get('reason');

if (reason !== null && REASONS.includes(reason)) {
  byId('reason').textContent = text(`reason.${reason}`);
}
if (onward !== null) {
  document.querySelector('.onward').search = new URLSearchParams({ redirect }).toString();
}

onSubmit(byId('sign-in-form'), async ({ username, password }) => {
  await latchkey.login({ username, password });
  location.assign(onward ?? '/account');
});
