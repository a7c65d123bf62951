import { createClient } from './client/index.js';
import { byId, empty, onSubmit, say } from './form.js';
import { text } from './texts.js';

const latchkey = createClient({ storage: 'cookie' });

onSubmit(byId('verify-form'), async ({ code }) => {
  await latchkey.verifyEmail({ code });
  empty(byId('verify-form'));
  say(byId('verify-form'), text('verify.done'));
});

onSubmit(byId('again-form'), async ({ email }) => {
  await latchkey.requestEmailVerification({ email });
  say(byId('again-form'), text('code.sent', { email }));
  byId('code').focus();
});
