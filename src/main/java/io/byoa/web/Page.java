package io.byoa.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most {@code pageSize} of them, in the list's order
 * @param next the cursor of the page after this one; absent on the last page
 * @param <T> what the list holds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
    List<T> items,
    @Schema(description = "Give it back as 'cursor' for the next page; absent on the last one.")
        @Nullable String next) {

  public Page {
    items = List.copyOf(items);
  }

  /** The same page with its items in another form. */
  public <R> Page<R> map(Function<? super T, R> form) {
    return new Page<>(items.stream().map(form).toList(), next);
  }
}
