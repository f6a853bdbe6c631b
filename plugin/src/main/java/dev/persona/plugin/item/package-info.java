/**
 * Products: what their sources say, what generations write into them, and keeping that up while the
 * shop changes them.
 */
package dev.persona.plugin.item;
