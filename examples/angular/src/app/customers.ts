import { HttpClient } from '@angular/common/http';
import { Component, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { TASKS } from './addresses';
import { whatFailed } from './messages';

interface Customer {
  id: number;
  name: string;
  city: string;
}

@Component({
  selector: 'app-customers',
  template: `
    <h1>Customers</h1>
    @if (failure(); as failure) {
      <p role="alert">{{ failure }}</p>
    }
    <ul>
      @for (customer of customers(); track customer.id) {
        <li>{{ customer.name }} <small>{{ customer.city }}</small></li>
      }
    </ul>
  `,
})
export class Customers {
  readonly #http = inject(HttpClient);
  protected readonly customers = signal<Customer[]>([]);
  protected readonly failure = signal<string | null>(null);

  constructor() {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const answer = this.#http.get<{ customers: Customer[] }>(`${TASKS}/customers`);
      this.customers.set((await firstValueFrom(answer)).customers);
    } catch (error) {
      this.failure.set(whatFailed(error));
    }
  }
}
