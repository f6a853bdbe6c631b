/** Tests of tag rules against days evaluated one by one. */
package dev.persona.profiling.tag;
