package dev.persona.demo;

import dev.persona.demo.shop.ClickModel;
import dev.persona.demo.shop.GeneratedShop;
import dev.persona.demo.shop.ShopSession;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the user of a held-out session would do with each candidate of the window, looked at one by
 * one: every candidate is examined, and each is drawn for once, so no order has an advantage.
 *
 * @param grades 0 to 3 for each candidate, in the order of the window
 * @param utilities what the hidden taste says of each, before any luck
 */
record Judgement(int[] grades, double[] utilities) {

    static Judgement of(ShopSession session, GeneratedShop shop, List<String> window) {
        int[] grades = new int[window.size()];
        double[] utilities = new double[window.size()];
        RandomGenerator random = session.judging();
        for (int i = 0; i < grades.length; i++) {
            utilities[i] = session.utility(shop.product(window.get(i)));
            grades[i] = ClickModel.judge(utilities[i], random).grade();
        }
        return new Judgement(grades, utilities);
    }
}
