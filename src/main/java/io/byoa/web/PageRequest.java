package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for; a {@code @BeanParam} of every list.
 *
 * <p>A resource reads {@link #limit()} rows after {@link #after}, one more than it answers, and
 * hands them to {@link #page}; the surplus row tells that there is a next page.
 */
public final class PageRequest {

  static final int DEFAULT_SIZE = 50;
  static final int MAX_SIZE = 200;

  @QueryParam("cursor")
  @Parameter(description = "Where to go on: 'next' of the page before, with the same filters.")
  @Nullable String cursor;

  @QueryParam("pageSize")
  @Parameter(
      description = "How many items a page holds; more than 200 is taken as 200.",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "50"))
  @Nullable Integer pageSize;

  // A record would be the house's way, but JAX-RS fills @Context into fields only.
  @SuppressWarnings("NullAway.Init") // filled before a resource sees it
  @Context
  UriInfo uri;

  /** How many items the page holds, 1–200. */
  public int size() {
    if (pageSize == null) {
      return DEFAULT_SIZE;
    }
    if (pageSize < 1) {
      String detail = "pageSize is " + pageSize + "; it must be 1 or more.";
      throw new Failure.Malformed(
              "parameters-invalid", detail, List.of(new Violation("?pageSize", detail)))
          .raise();
    }
    return Math.min(pageSize, MAX_SIZE);
  }

  /** How many rows to read: one more than the page holds. */
  public int limit() {
    return size() + 1;
  }

  /**
   * The position that the page begins after; empty on the first page.
   *
   * @param read makes the feature's position of its text, as {@link #page} was given it; {@link
   *     IllegalArgumentException} if it cannot
   * @throws io.byoa.common.FailureException 400 {@code cursor-invalid} when it is from another list
   */
  public <P> Optional<P> after(Function<String, P> read) {
    if (cursor == null) {
      return Optional.empty();
    }
    String position = Cursor.parse(cursor, list()).position();
    try {
      return Optional.of(read.apply(position));
    } catch (IllegalArgumentException _) {
      throw Cursor.invalid().raise();
    }
  }

  /** The position that the page begins after, as text; empty on the first page. */
  public Optional<String> after() {
    return after(Function.identity());
  }

  /**
   * The page that these rows make.
   *
   * @param rows up to {@link #limit()} of them, in the list's order
   * @param position what {@link #after} of the next page shall find: the sort key of a row
   */
  public <T> Page<T> page(List<T> rows, Function<? super T, String> position) {
    int size = size();
    if (rows.size() <= size) {
      return new Page<>(rows, null);
    }
    List<T> items = rows.subList(0, size);
    return new Page<>(items, new Cursor(list(), position.apply(items.getLast())).wire());
  }

  /**
   * The answer with a page whose items are JSON already, in one piece: handing a large page to the
   * connection bit by bit costs more than all that comes before.
   */
  public RestResponse<String> written(Page<String> page) {
    RestResponse.ResponseBuilder<String> answer = RestResponse.ResponseBuilder.ok();
    String end = "]}";
    if (page.next() != null) {
      end = "],\"next\":\"" + page.next() + "\"}"; // A cursor needs no escapes.
      answer.header(HttpHeaders.LINK, NextLink.to(page.next(), uri));
    }
    return answer
        .entity(page.items().stream().collect(Collectors.joining(",", "{\"items\":[", end)))
        .build();
  }

  /** Route and filters in one spelling, so that the order of parameters does not matter. */
  private String list() {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    TreeMap<String, List<String>> filters = new TreeMap<>(query);
    filters.remove("cursor");
    filters.remove("pageSize");
    return uri.getPath() + filters;
  }
}
