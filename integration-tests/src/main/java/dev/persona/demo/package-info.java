/**
 * The demo: Persona's main job once through, on a generated shop or on real purchases. See
 * docs/demo.md.
 */
package dev.persona.demo;
