import { createClient } from './client/index.js';
import { toSignIn } from './address.js';
import { byId, onSubmit, say } from './form.js';
import { text } from './texts.js';

const latchkey = createClient({ storage: 'cookie' });

onSubmit(byId('ask-form'), async ({ email }) => {
  await latchkey.requestPasswordReset({ email });
  say(byId('ask-form'), text('code.sent', { email }));
  enterCode();
});

byId('have').addEventListener('click', enterCode);

onSubmit(byId('reset-form'), async ({ code, newPassword }) => {
  await latchkey.resetPassword({ code, newPassword });
  toSignIn('password_reset');
});

function enterCode() {
  byId('enter').hidden = false;
  byId('have').hidden = true;
  // Password managers keep the new password under it.
  byId('reset-form').elements.username.value = byId('email').value;
  byId('code').focus();
}
