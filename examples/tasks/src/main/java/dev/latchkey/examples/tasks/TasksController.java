package dev.latchkey.examples.tasks;

import dev.latchkey.examples.tasks.problem.Problem;
import dev.latchkey.examples.tasks.problem.Problem.FieldError;
import dev.latchkey.examples.tasks.problem.Refusal;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A user's tasks, for that user; everybody's, for a manager. */
@Controller("/tasks")
@Secured(SecurityRule.IS_AUTHENTICATED)
final class TasksController {

  private static final int LARGEST_PAGE = 100;

  /** Behind which all tasks are, so that the first page needs no statement of its own. */
  private static final String NEWEST = "9223372036854775807";

  private final TaskRepository tasks;

  TasksController(TaskRepository tasks) {
    this.tasks = tasks;
  }

  /**
   * @param next of the query for the next page, its {@code before}; {@code null} on the last one
   */
  record Page(List<Task> tasks, @Nullable Long next) {}

  /** The newest first. */
  @Get
  HttpResponse<?> own(
      Authentication caller,
      @QueryValue(defaultValue = NEWEST) long before,
      @QueryValue(defaultValue = "50") int size) {
    return page(size, most -> tasks.of(caller.getName(), before, most));
  }

  @Get("/all")
  @Secured("manager")
  HttpResponse<?> all(
      @QueryValue(defaultValue = NEWEST) long before, @QueryValue(defaultValue = "50") int size) {
    return page(size, most -> tasks.ofEverybody(before, most));
  }

  @Post
  HttpResponse<?> add(Authentication caller, @Body TaskRequest request) {
    List<FieldError> errors = request.errorsOfNew();
    String title = request.title();
    if (title == null || !errors.isEmpty()) {
      return Problem.invalid(errors);
    }
    Task task = tasks.add(caller.getName(), title);
    return HttpResponse.created(task, URI.create("/tasks/" + task.id()));
  }

  @Patch("/{id}")
  HttpResponse<?> change(Authentication caller, long id, @Body TaskRequest request) {
    List<FieldError> errors = request.errorsOfChange();
    if (!errors.isEmpty()) {
      return Problem.invalid(errors);
    }
    Task task = tasks.change(id, caller.getName(), request.title(), request.done());
    return task == null ? Problem.response(Refusal.NOT_FOUND) : HttpResponse.ok(task);
  }

  @Delete("/{id}")
  HttpResponse<?> delete(Authentication caller, long id) {
    return tasks.delete(id, caller.getName()) == 0
        ? Problem.response(Refusal.NOT_FOUND)
        : HttpResponse.noContent();
  }

  /** One task more than fits says whether there is a next page. */
  private static HttpResponse<?> page(int size, IntFunction<List<Task>> newest) {
    if (size < 1 || size > LARGEST_PAGE) {
      return Problem.invalid(
          List.of(new FieldError("size", "out_of_range", "must be 1 to " + LARGEST_PAGE)));
    }
    List<Task> found = newest.apply(size + 1);
    return HttpResponse.ok(
        found.size() > size
            ? new Page(found.subList(0, size), found.get(size - 1).id())
            : new Page(found, null));
  }
}
