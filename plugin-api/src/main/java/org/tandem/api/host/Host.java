package org.tandem.api.host;

/** All that a host wiki offers to a plugin. Lives as long as the plugin runs. */
public interface Host {

  /** The pages of the wiki. */
  Pages pages();

  /** The people of the wiki. */
  Users users();

  /** The sign-ins of its people, and which still hold. */
  SignIns signIns();

  /** Who may do what with which page, and news of it. */
  AccessControl access();

  /** The paths that this plugin serves. */
  Routes routes();

  /** Where the plugin may keep tables of its own. */
  Database database();

  /** Addresses as people use them. */
  Urls urls();

  /** In which language to speak to them. */
  Locales locales();

  /** The record of what was done, for the wiki's administrators. */
  Audit audit();

  /** Word to the wiki's people of what happens on its pages. */
  Notifications notifications();
}
