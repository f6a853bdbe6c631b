/** The generated shop: products, shoppers with hidden tastes, and how they search and click. */
package dev.persona.demo.shop;
