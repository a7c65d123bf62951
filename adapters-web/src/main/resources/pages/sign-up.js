import { createClient } from './client/index.js';
import { ownAddress, toSignIn } from './address.js';
import { byId, onSubmit, say } from './form.js';
import { text } from './texts.js';

const latchkey = createClient({ storage: 'cookie' });
const redirect = new URLSearchParams(location.search).get('redirect');
const onward = ownAddress(redirect);

/** The address that the mail went to, which stays out of the address of any page. */
let address = '';

if (onward !== null) {
  document.querySelector('.onward').search = new URLSearchParams({ redirect }).toString();
}

onSubmit(byId('sign-up-form'), async ({ username, email, password, firstName, lastName }) => {
  const user = await latchkey.register({ username, email, password, firstName, lastName });
  if (user !== null) {
    location.assign(onward ?? '/account');
    return;
  }
  address = email;
  byId('verify-lead').textContent = text('sign-up.verify.lead', { email });
  byId('sign-up').hidden = true;
  byId('verify').hidden = false;
  byId('verify').querySelector('h1').focus();
});

onSubmit(byId('verify-form'), async ({ code }) => {
  await latchkey.verifyEmail({ code });
  toSignIn('email_verified', onward === null ? undefined : redirect);
});

onSubmit(byId('again-form'), async () => {
  await latchkey.requestEmailVerification({ email: address });
  say(byId('again-form'), text('code.sent', { email: address }));
});
