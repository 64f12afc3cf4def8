package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;

/** The parts of a form, held to the same strictness as the fields of a JSON body. */
public final class FormParts {

  private FormParts() {}

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
