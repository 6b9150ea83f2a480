package org.naivechain.pages;

import java.util.List;

/** Something that every page must keep to. */
@FunctionalInterface
interface Rule {
    /** Everything in the page that breaks the rule; looks at the page as often as it is asked, and changes nothing. */
    List<Complaint> complaints(Page page);
}
