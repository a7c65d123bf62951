import { Routes } from '@angular/router';
import { latchkeyGuard, roleGuard } from '@latchkey/angular';
import { Customers } from './customers';
import { Forbidden } from './forbidden';
import { Login } from './login';
import { Tasks } from './tasks';

export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'tasks' },
  { path: 'login', title: 'Log in', component: Login },
  { path: 'tasks', title: 'Tasks', component: Tasks, canActivate: [latchkeyGuard] },
  { path: 'customers', title: 'Customers', component: Customers, canActivate: [roleGuard('manager', '/forbidden')] },
  { path: 'forbidden', title: 'Not for you', component: Forbidden },
  { path: '**', redirectTo: 'tasks' },
];
