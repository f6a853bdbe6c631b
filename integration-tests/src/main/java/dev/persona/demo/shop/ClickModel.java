package dev.persona.demo.shop;

import java.util.random.RandomGenerator;

/**
 * Turns liking into clicks, carts and purchases: the position-based model (Craswell, Zoeter, Taylor
 * and Ramsey 2008, "An experimental comparison of click position-bias models").
 *
 * <pre>
 * P(examined at position r)  = r^-0.5                       r = 1 for the first hit
 * P(click | examined)        = sigmoid(utility - 2.2)
 * P(cart | click)            = sigmoid(utility - 2.2)
 * P(purchase | cart)         = 0.5
 * </pre>
 *
 * A product in the tenth place is looked at a third as often as in the first, whoever looks.
 */
public final class ClickModel {

    private static final double EXAMINATION_EXPONENT = 0.5;
    private static final double CLICK_THRESHOLD = 2.2;
    private static final double CART_THRESHOLD = 2.2;
    private static final double PURCHASE_AFTER_CART = 0.5;

    /** How far a user goes with one product; each step includes those before it. */
    public enum Reaction {
        /** Not examined, or examined and passed over. */
        NONE,
        /** Clicked, and no more. */
        CLICK,
        /** Clicked and put into the cart. */
        CART,
        /** Clicked, put into the cart and bought. */
        PURCHASE;

        /** Relevance for measuring: 0 for nothing, 1 click, 2 cart, 3 purchase. */
        public int grade() {
            return ordinal();
        }
    }

    private ClickModel() {}

    /**
     * The probability that a user looks at a position.
     *
     * @param position 1 for the first hit
     */
    public static double examination(int position) {
        return Math.pow(position, -EXAMINATION_EXPONENT);
    }

    /** The probability that a user who looks at a product clicks it. */
    public static double attraction(double utility) {
        return sigmoid(utility - CLICK_THRESHOLD);
    }

    /** One look at a hit at a position, with position bias. */
    public static Reaction browse(double utility, int position, RandomGenerator random) {
        // Drawn whether needed or not, so that a product's luck does not depend on its neighbours.
        double looks = random.nextDouble();
        Reaction reaction = judge(utility, random);
        return looks < examination(position) ? reaction : Reaction.NONE;
    }

    /** The reaction to a product that is examined for sure: no position has an advantage. */
    public static Reaction judge(double utility, RandomGenerator random) {
        double click = random.nextDouble();
        double cart = random.nextDouble();
        double purchase = random.nextDouble();
        if (click >= attraction(utility)) {
            return Reaction.NONE;
        }
        if (cart >= sigmoid(utility - CART_THRESHOLD)) {
            return Reaction.CLICK;
        }
        return purchase < PURCHASE_AFTER_CART ? Reaction.PURCHASE : Reaction.CART;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
