package dev.stagedoor.platform.http;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** A well-formed language tag (BCP 47) of at most 35 characters. Null passes. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = LanguageTag.Validator.class)
public @interface LanguageTag {

    String message() default "must be a language tag, such as 'en' or 'pt-BR'";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Takes what {@link Locale} can be built of. */
    class Validator implements ConstraintValidator<LanguageTag, String> {

        /** What RFC 5646, section 4.4.1 asks every store to hold. */
        private static final int MAX_LENGTH = 35;

        @Override
        public boolean isValid(String tag, ConstraintValidatorContext context) {
            try {
                return tag == null
                        || (tag.length() <= MAX_LENGTH && canonical(tag).length() > 1);
            } catch (IllformedLocaleException e) {
                return false;
            }
        }

        /**
         * The one form in which a valid tag is stored and looked for: {@code pt-br} is {@code pt-BR}. Null stays null.
         *
         * <p>In lower case before, as Locale leaves variants as they are.
         */
        public static String canonical(String tag) {
            return tag == null || tag.isEmpty()
                    ? tag
                    : new Locale.Builder()
                            .setLanguageTag(tag.toLowerCase(Locale.ROOT))
                            .build()
                            .toLanguageTag();
        }
    }
}
