extension CatalogueEntry {
  /// Names and addresses that something else has, or nobody.
  static let meaningPagesOfIdentity: [CatalogueEntry] = [
    planNameTwice, addressOfThisMachine, underscoreInAddress,
  ]

  public static let planNameTwice = CatalogueEntry(
    "M080", "Two plans of one file have one name",
    explanation: """
      A file holds several plans, one after each '---', and two of them have the same \
      'metadata.name'.

      The name tells plans apart: '--plan NAME' chooses by it, and runs are named after it. Of two \
      plans with one name the second can never be chosen, and in the list of runs nobody could tell \
      whose certificates were changed. As a rule a plan was copied and its name was not.

      Give each plan its own name.
      """,
    bad: ExamplePlan().text + "---\n" + ExamplePlan().text,
    good: ExamplePlan().text + "---\n"
      + ExamplePlan.with { $0.header = $0.header.replacing("example", with: "second-example") })

  public static let addressOfThisMachine = CatalogueEntry(
    "M081", "The address leads to no other machine",
    severity: .warning,
    explanation: """
      The address of a server is 'localhost', a loopback address such as 127.0.0.1, or 0.0.0.0.

      It means whatever machine asks. Waltz would look at its own ports to see whether the server \
      presents its new certificate, and an operator at another desk at theirs; with 0.0.0.0 at none. \
      The names of the certificate are held against the address too, and no client knows the server \
      as 'localhost'.

      Write the host name by which clients reach the server. Where Waltz runs on the management \
      server itself, or against the lab, this is as it should be.
      """,
    bad: ExamplePlan.with {
      $0.sites = $0.sites.replacing("address: sepm-paris-1.example.net", with: "address: localhost")
    },
    good: ExamplePlan().text)

  public static let underscoreInAddress = CatalogueEntry(
    "M082", "A host name has an underscore",
    severity: .warning,
    explanation: """
      The address of a server is a host name with an underscore. Windows allows it for a machine, \
      the rules for host names and for names in certificates do not.

      Many authorities refuse to issue a certificate for such a name, and some TLS libraries and \
      browsers refuse to accept one. The console, the REST API and clients that verify the name would \
      then not connect to the server after its certificate has changed.

      Write another name of the server that has a DNS entry and stands in the certificate, as a rule \
      with dashes. If the machine has no other and its certificate was made for this one, this is as \
      it should be.
      """,
    bad: ExamplePlan.with {
      $0.sites = $0.sites.replacing(
        "address: sepm-paris-1.example.net", with: "address: sepm_paris_1")
    },
    good: ExamplePlan().text)
}
