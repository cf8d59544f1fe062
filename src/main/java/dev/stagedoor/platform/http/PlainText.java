package dev.stagedoor.platform.http;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text of {@code min} to {@code max} code points that every store and screen can hold: well-formed Unicode without
 * control characters; where {@code multiline}, newline and tab are allowed. Null passes.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.Validator.class)
public @interface PlainText {

    int min() default 1;

    int max();

    boolean multiline() default false;

    String message() default "is not a plain text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Names the first rule that the text breaks. */
    class Validator implements ConstraintValidator<PlainText, String> {

        private PlainText rule;

        @Override
        public void initialize(PlainText rule) {
            this.rule = rule;
        }

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            String refusal = text == null ? null : refusal(text);
            if (refusal == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(refusal).addConstraintViolation();
            return false;
        }

        private String refusal(String text) {
            int length = text.codePointCount(0, text.length());
            if (length < rule.min() || length > rule.max()) {
                return "must have " + rule.min() + " to " + rule.max() + " characters";
            }
            if (text.codePoints().anyMatch(this::isControl)) {
                return rule.multiline()
                        ? "must not contain control characters but newline and tab"
                        : "must not contain control characters";
            }
            if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
                return "must be well-formed Unicode";
            }
            return null;
        }

        private boolean isControl(int codePoint) {
            boolean allowed = rule.multiline() && (codePoint == '\n' || codePoint == '\t');
            return Character.isISOControl(codePoint) && !allowed;
        }
    }
}
