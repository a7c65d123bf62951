import { Component, effect, inject } from '@angular/core';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Latchkey } from '@latchkey/angular';

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    @if (user(); as user) {
      <header>
        <nav>
          <a routerLink="/tasks" routerLinkActive="here" ariaCurrentWhenActive="page">Tasks</a>
          @if (user.roles.includes('manager')) {
            <a routerLink="/customers" routerLinkActive="here" ariaCurrentWhenActive="page">Customers</a>
          }
        </nav>
        <span data-testid="user">{{ user.username }}</span>
        <button type="button" class="quiet" (click)="logout()">Log out</button>
      </header>
    }
    <main><router-outlet /></main>
  `,
})
export class App {
  readonly #latchkey = inject(Latchkey);
  readonly #router = inject(Router);
  protected readonly user = this.#latchkey.user;

  constructor() {
    let known = this.user()?.id;
    effect(() => {
      const id = this.user()?.id;
      if (known !== undefined && id !== known) {
        this.#leave(id);
      }
      known = id;
    });
  }

  protected async logout(): Promise<void> {
    await this.#latchkey.client.logout(); // all tabs hear of it, this one too
  }

  /** Logged out, here, in another tab or by the service, or somebody else logged in: the page with its data goes. */
  #leave(next: string | undefined): void {
    if (next !== undefined) {
      void this.#router.navigate(['/tasks']);
      return;
    }
    const queryParams = this.#latchkey.ended() === 'logged_out' ? {} : { redirect: this.#router.url };
    void this.#router.navigate(['/login'], { queryParams });
  }
}
