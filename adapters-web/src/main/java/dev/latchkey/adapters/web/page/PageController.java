package dev.latchkey.adapters.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.adapters.web.management.ManagementPort;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pages for people, and below {@code /pages} what they load, unless {@code
 * latchkey.pages.enabled} is false. Made at start, so that a page that cannot be filled in stops
 * it.
 */
@Controller
@Context
@Requires(property = "latchkey.pages.enabled", notEquals = "false")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
@Hidden
final class PageController {

  private static final String FRONT = "index";
  private static final List<String> PAGES =
      List.of(FRONT, "sign-up", "sign-in", "verify", "reset", "account");

  /** The part of the front page that leads to the description of the interface. */
  private static final Pattern FOR_PROGRAMS =
      Pattern.compile("  <footer>.*?</footer>\n", Pattern.DOTALL);

  /** A name without dots but the last, and no folder: it leads nowhere else. */
  private static final Pattern ASSET = Pattern.compile("[A-Za-z0-9_-]+\\.(?<suffix>js|css|svg)");

  private final Map<String, PageFile> pages;
  private final PageFile texts;
  private final Map<String, PageFile> assets = new ConcurrentHashMap<>();

  PageController(
      PageTexts texts,
      ManagementPort management,
      @Property(name = "latchkey.swagger-ui.enabled") boolean swaggerUi) {
    String description = swaggerUi ? "/swagger-ui" : "/openapi";
    boolean described = management.port().isEmpty();
    this.pages =
        PAGES.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), n -> page(n, texts, described ? description : null)));
    this.texts = new PageFile(texts.json(), MediaType.APPLICATION_JSON);
  }

  /**
   * @param description the path of the description of the interface; null if it is not there for
   *     whoever sees the page
   */
  private static PageFile page(String name, PageTexts texts, @Nullable String description) {
    String html = new String(PageFile.read(name + ".html").orElseThrow(), UTF_8);
    String filled =
        texts.filledInto(
            description == null
                ? FOR_PROGRAMS.matcher(html).replaceAll("")
                : html.replace("{{api-description}}", description));
    return new PageFile(filled.getBytes(UTF_8), "text/html;charset=utf-8");
  }

  @Get
  HttpResponse<?> front(HttpRequest<?> request) {
    return answer(pages.get(FRONT), request);
  }

  @Get("/{page:sign-up|sign-in|verify|reset|account}")
  HttpResponse<?> page(String page, HttpRequest<?> request) {
    return answer(pages.get(page), request);
  }

  @Get("/pages/texts.json")
  HttpResponse<?> texts(HttpRequest<?> request) {
    return texts.answer(request);
  }

  @Get("/pages/{name}")
  HttpResponse<?> asset(String name, HttpRequest<?> request) {
    return answer(asset(name, name), request);
  }

  /** The client library, of which the build puts a copy beside the pages. */
  @Get("/pages/client/{name}")
  HttpResponse<?> clientLibrary(String name, HttpRequest<?> request) {
    return answer(asset(name, "client/" + name), request);
  }

  /** Where a password manager sends people who should change a password (W3C Change Password). */
  @Get("/.well-known/change-password")
  HttpResponse<?> changePassword() {
    return HttpResponse.redirect(URI.create("/account#password")).status(HttpStatus.FOUND);
  }

  private @Nullable PageFile asset(String name, String path) {
    var asset = ASSET.matcher(name);
    return asset.matches()
        ? assets.computeIfAbsent(path, p -> read(p, asset.group("suffix")).orElse(null))
        : null;
  }

  private static Optional<PageFile> read(String path, String suffix) {
    return PageFile.read(path).map(bytes -> new PageFile(bytes, typeOf(suffix)));
  }

  private static String typeOf(String suffix) {
    return switch (suffix) {
      case "js" -> "text/javascript;charset=utf-8";
      case "css" -> "text/css;charset=utf-8";
      default -> "image/svg+xml";
    };
  }

  private static HttpResponse<?> answer(@Nullable PageFile file, HttpRequest<?> request) {
    return file == null ? Problem.response(ProblemCode.NOT_FOUND) : file.answer(request);
  }
}
