// The addresses are in index.html, beside the Content-Security-Policy that names them too: one build serves everywhere.
export const LATCHKEY = addressOf('latchkey');
export const TASKS = addressOf('tasks');

function addressOf(name: string): string {
  const address = document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content;
  if (!address) {
    throw new Error(`index.html has no address of ${name}`);
  }
  return address;
}
