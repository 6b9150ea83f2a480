/** The command line: reads what the user types, starts what it names, and says in one line what is wrong with it. */
package org.naivechain.cli;
