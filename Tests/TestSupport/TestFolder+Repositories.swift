// What tests of the libraries and of the program look at alike: folders that are repositories with plans.
extension TestFolder {
  /// A plan with one mistake: it has no sites.
  public static let emptyPlan = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: example }
    sites: {}

    """

  /// Makes a repository of the folder, with three good plans in folders and an ``emptyPlan`` in one whose name
  /// needs quoting.
  public func makePlans() async throws {
    let good = try Repository.text(Repository.oneServer)
    _ = try await shell("mkdir -p .git plans/deep/er 'plans/with space%'")
    for name in ["a.yaml", "deep/b.yaml", "deep/er/c.yml"] {
      _ = try write(good, as: "plans/\(name)")
    }
    _ = try write(Self.emptyPlan, as: "plans/with space%/d.yaml")
  }

  /// Makes a repository of Git in the folder, in which the quickstart plan is committed as `plans/quick.yaml`,
  /// and goes on there with a script. Gives the repository's name, which needs quoting.
  public func makeRepository(_ script: String) async throws -> String {
    let name = "it's a repository"
    let made = try await shell(
      """
      set -e; mkdir "\(name)"; cd "\(name)"
      export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
      git init -q -b main .; mkdir plans; cp '\(Repository.quickstart)' plans/quick.yaml
      git add .; git commit -qm one
      \(script)
      """)
    guard made.status == 0 else { throw ScriptFailure(errors: made.errors) }
    return name
  }

  /// A script of a test that failed.
  private struct ScriptFailure: Error { let errors: String }
}
