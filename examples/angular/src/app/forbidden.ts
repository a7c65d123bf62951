import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';

@Component({
  selector: 'app-forbidden',
  imports: [RouterLink],
  template: `
    <h1>Not for you</h1>
    <p>This page is for managers. If you have just become one, it opens within five minutes, or after a new log-in.</p>
    <p><a routerLink="/tasks">Back to the tasks</a></p>
  `,
})
export class Forbidden {}
