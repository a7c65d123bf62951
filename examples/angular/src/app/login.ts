import { Component, computed, effect, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';
import { Latchkey } from '@latchkey/angular';
import { LATCHKEY } from './addresses';
import { whatFailed, whyEnded } from './messages';

@Component({
  selector: 'app-login',
  imports: [ReactiveFormsModule],
  template: `
    <h1>Log in</h1>
    @if (notice(); as notice) {
      <p role="status">{{ notice }}</p>
    }
    <form [formGroup]="form" (ngSubmit)="login()">
      <label>
        User name or e-mail address
        <input formControlName="username" autocomplete="username" autocapitalize="none" spellcheck="false">
      </label>
      <label>
        Password
        <input formControlName="password" type="password" autocomplete="current-password">
      </label>
      @if (failure(); as failure) {
        <p role="alert">{{ failure }}</p>
      }
      <button [disabled]="form.invalid || busy()">Log in</button>
    </form>
    <p>No account yet? <a [href]="signUp">Sign up</a></p>
  `,
})
export class Login {
  readonly #latchkey = inject(Latchkey);
  readonly #router = inject(Router);
  protected readonly form = inject(NonNullableFormBuilder).group({
    username: ['', Validators.required],
    password: ['', Validators.required],
  });
  protected readonly signUp = `${LATCHKEY}/sign-up`;
  protected readonly busy = signal(false);
  protected readonly failure = signal<string | null>(null);
  protected readonly notice = computed(() =>
    this.#latchkey.unreachable()
      ? 'The service cannot be reached, so nobody knows yet whether you are logged in. Reload to try again.'
      : whyEnded(this.#latchkey.ended()),
  );

  constructor() {
    // Logged in, here or in another tab, or the session was taken up late.
    effect(() => {
      if (this.#latchkey.user() !== null) {
        void this.#router.navigateByUrl(this.#latchkey.wanted(), { replaceUrl: true });
      }
    });
  }

  protected async login(): Promise<void> {
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.#latchkey.client.login(this.form.getRawValue());
    } catch (error) {
      this.failure.set(whatFailed(error));
    } finally {
      this.busy.set(false);
      this.form.controls.password.reset();
    }
  }
}
