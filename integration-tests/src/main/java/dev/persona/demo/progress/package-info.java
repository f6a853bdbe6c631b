/** Showing that something is going on, and saying plainly when it cannot go on. */
package dev.persona.demo.progress;
