import { HttpClient } from '@angular/common/http';
import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { Latchkey } from '@latchkey/angular';
import { firstValueFrom, type Observable } from 'rxjs';
import { TASKS } from './addresses';
import { whatFailed } from './messages';

interface Task {
  id: number;
  owner: string;
  title: string;
  done: boolean;
}

interface Page {
  tasks: Task[];
}

@Component({
  selector: 'app-tasks',
  imports: [ReactiveFormsModule],
  template: `
    <h1>Tasks</h1>
    <form class="row" (submit)="$event.preventDefault(); add()">
      <input aria-label="New task" placeholder="What is to be done?" maxlength="200" [formControl]="title">
      <button>Add</button>
    </form>
    @if (user()?.roles?.includes('manager')) {
      <label class="inline"><input type="checkbox" [checked]="all()" (change)="show(!all())"> Everybody's tasks</label>
    }
    @if (failure(); as failure) {
      <p role="alert">{{ failure }} <button type="button" class="quiet" (click)="load()">Try again</button></p>
    }
    <ul>
      @for (task of tasks(); track task.id) {
        <li>
          @let own = task.owner === user()?.id;
          <label>
            <input type="checkbox" [checked]="task.done" [disabled]="!own" (change)="finish(task, !task.done)">
            <span [class.done]="task.done">{{ task.title }}</span>
          </label>
          @if (own) {
            <button type="button" class="quiet" [attr.aria-label]="'Delete ' + task.title" (click)="remove(task)">Delete</button>
          } @else {
            <small>somebody else's</small>
          }
        </li>
      } @empty {
        <li><small>Nothing to do.</small></li>
      }
    </ul>
  `,
})
export class Tasks {
  readonly #http = inject(HttpClient);
  protected readonly user = inject(Latchkey).user;
  protected readonly title = new FormControl('', { nonNullable: true });
  protected readonly tasks = signal<Task[]>([]);
  protected readonly all = signal(false);
  protected readonly failure = signal<string | null>(null);

  constructor() {
    // When another user logs in, maybe in another tab, these are somebody else's tasks.
    const shownTo = computed(() => this.user()?.id);
    effect(() => {
      shownTo();
      untracked(() => void this.#begin());
    });
  }

  protected async load(): Promise<void> {
    await this.#attempt(() => this.#read());
  }

  protected async show(all: boolean): Promise<void> {
    this.all.set(all);
    await this.load();
  }

  protected async add(): Promise<void> {
    const title = this.title.value.trim();
    if (title !== '' && (await this.#change(this.#http.post(`${TASKS}/tasks`, { title })))) {
      this.title.reset();
    }
  }

  protected async finish(task: Task, done: boolean): Promise<void> {
    await this.#change(this.#http.patch(`${TASKS}/tasks/${task.id}`, { done }));
  }

  protected async remove(task: Task): Promise<void> {
    await this.#change(this.#http.delete(`${TASKS}/tasks/${task.id}`));
  }

  /** Makes a change, then shows what the service has: another tab may have changed something, too. */
  #change(change: Observable<unknown>): Promise<boolean> {
    return this.#attempt(async () => {
      await firstValueFrom(change);
      await this.#read();
    });
  }

  async #begin(): Promise<void> {
    this.tasks.set([]);
    this.all.set(false);
    if (this.user() !== null) {
      await this.load();
    }
  }

  async #read(): Promise<void> {
    const reader = this.user()?.id;
    const path = this.all() ? '/tasks/all' : '/tasks';
    const { tasks } = await firstValueFrom(this.#http.get<Page>(TASKS + path));
    if (this.user()?.id === reader) {
      this.tasks.set(tasks);
    }
  }

  async #attempt(step: () => Promise<void>): Promise<boolean> {
    this.failure.set(null);
    try {
      await step();
      return true;
    } catch (error) {
      this.failure.set(whatFailed(error));
      return false;
    }
  }
}
