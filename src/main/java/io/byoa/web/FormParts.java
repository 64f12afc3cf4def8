package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;

/** The parts of a form, held to the same strictness as the fields of a JSON body. */
public final class FormParts {

  /** Bytes of one part that is no file, as {@code max-form-attribute-size} has it. */
  private static final int LARGEST = 256 * 1024;

  private FormParts() {}

  /** Whether this is how the parser of a form says that a part is too large. */
  static boolean isTooLarge(WebApplicationException thrown) {
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    String type = request == null ? null : request.serverRequest().getRequestHeader("Content-Type");
    return thrown.getResponse().getStatus() == 413
        && type != null
        && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  static Failure tooLarge() {
    return new Failure.TooLarge(
        "form-part-too-large",
        "A part of the form is larger than the %,d bytes that a part without a file name may have."
            .formatted(LARGEST));
  }

  /**
   * Refuses a form with a part that the route does not know, or with one part twice.
   *
   * @throws io.byoa.common.FailureException 422 {@code body-invalid} with every such part
   */
  public static void requireKnown(List<String> known) {
    FormData form = CurrentRequestManager.get().getFormData();
    if (form == null) {
      return;
    }
    List<Violation> violations = new ArrayList<>();
    for (String name : form) {
      if (!known.contains(name)) {
        violations.add(
            new Violation(
                Violation.step("", name),
                "Unknown part '%s'%s Known here: %s."
                    .formatted(
                        name, Nearest.endOfSentence(name, known), String.join(", ", known))));
      } else if (form.get(name).size() > 1) {
        violations.add(
            new Violation(
                Violation.step("", name),
                "Given %d times; give it once.".formatted(form.get(name).size())));
      } else {
        form.get(name).stream()
            .filter(part -> !part.isFileItem())
            .map(part -> StorableText.fault(part.getValue()))
            .filter(Objects::nonNull)
            .forEach(fault -> violations.add(new Violation(Violation.step("", name), fault)));
      }
    }
    if (!violations.isEmpty()) {
      throw new Failure.Invalid(
              "body-invalid",
              violations.size() == 1
                  ? "The form breaks a rule: " + violations.getFirst().detail()
                  : "The form breaks " + violations.size() + " rules; 'errors' lists them.",
              violations)
          .raise();
    }
  }
}
