/** The demo's tables: orders side by side, reasons in plain words, figures. */
package dev.persona.demo.display;
