package dev.persona.profiling.tag;

import java.util.List;
import java.util.Optional;

/** When a tag is given. */
sealed interface Condition {

    /** Whether it holds for a user at a time. */
    boolean holds(TagView view);

    /** A field is there, or is not. */
    record Exists(TagField field, boolean expected) implements Condition {
        @Override
        public boolean holds(TagView view) {
            return field.value(view).isPresent() == expected;
        }
    }

    /** A field lies within bounds. A missing one, or one that is no number, does not. */
    record Compares(TagField field, Comparison comparison, double bound) implements Condition {
        @Override
        public boolean holds(TagView view) {
            Optional<Object> value = field.value(view);
            return value.isPresent()
                    && value.get() instanceof Number number
                    && comparison.holds(number.doubleValue(), bound);
        }
    }

    /** A field has a value: a number, text or boolean. */
    record Equals(TagField field, Object expected) implements Condition {
        @Override
        public boolean holds(TagView view) {
            Optional<Object> value = field.value(view);
            if (value.isPresent()
                    && value.get() instanceof Number actual
                    && expected instanceof Number number) {
                return actual.doubleValue() == number.doubleValue();
            }
            return value.isPresent() && value.get().equals(expected);
        }
    }

    /** Every one of them holds. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(TagView view) {
            for (Condition part : parts) {
                if (!part.holds(view)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** At least one of them holds. */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(TagView view) {
            for (Condition part : parts) {
                if (part.holds(view)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** It does not hold. */
    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(TagView view) {
            return !part.holds(view);
        }
    }
}
