import PlanWorkspace
import TestSupport
import Testing
import WorkingTree

/// What a plan was is what the commit holds, whatever lies about in the checkout and in its store.
@Suite("A repository that lies about its past")
struct ForgedRepositoryTests {
  /// Shell functions with which one loose object takes the place of another: git looks for it by its name and
  /// reads whatever is there.
  private static let forgery = """
    at() { printf '%s/%s' "$(echo "$1" | cut -c1-2)" "$(echo "$1" | cut -c3-)"; }
    forge() { mkdir -p "$(dirname "$1/$(at "$2")")"; cp -f ".git/objects/$(at "$3")" "$1/$(at "$2")"; }
    bare() {
      mkdir -p "$1/refs/heads"; cp -r .git/objects "$1/"; echo 'ref: refs/heads/main' > "$1/HEAD"
      cp .git/refs/heads/main "$1/refs/heads/"
      printf '[core]\\n\\trepositoryformatversion = 0\\n\\tbare = false\\n\\tworktree = %s\\n' "$2" \\
        > "$1/config"
    }
    base=$(git rev-parse HEAD)
    old=$(git rev-parse HEAD:plans/quick.yaml)
    sed -i 's/adopted: 95%/adopted: 90%/' plans/quick.yaml
    new=$(git hash-object -w plans/quick.yaml)

    """

  private static let difference = "every wait passes at 90% instead of 95%"

  @Test(
    "Files that git would take for a repository are files",
    arguments: [
      "bare plans .; forge plans/objects $old $new",
      "bare plans ..; forge plans/objects $old $new",
      // Beside the true `.git`.
      "bare . .; forge objects $old $new",
    ])
  func embedded(script: String) async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(Self.forgery + script)
    for base in ["main", "HEAD", "main..."] {
      for place in ["", "/plans"] {
        let compared = try await folder.diff(
          base, place.isEmpty ? "plans" : ".", in: inner + place)
        #expect(compared.text.contains(Self.difference), "\(base) \(place) \(compared.errors)")
      }
    }
  }

  @Test(
    "An object that is not what its id names is refused, wherever git found it",
    arguments: [
      ("forge .git/objects $old $new", "What git keeps for `plans/quick.yaml`"),
      (
        """
        mkdir -p plans/store; forge plans/store $old $new; rm -f .git/objects/$(at $old)
        echo ../../plans/store > .git/objects/info/alternates
        """, "What git keeps for `plans/quick.yaml`"
      ),
      (
        """
        tree=$(printf '100644 blob %s\\tquick.yaml\\n' $new | git mktree)
        forge .git/objects $(git rev-parse HEAD:plans) $tree
        """, "What git keeps for the folder `plans`"
      ),
      (
        """
        tree=$(printf '040000 tree %s\\tplans\\n' \\
          $(printf '100644 blob %s\\tquick.yaml\\n' $new | git mktree) | git mktree)
        forge .git/objects $base $(git commit-tree -m false $tree)
        """, "There is no revision `main`"
      ),
      // What was a plan is said to be nothing at all.
      (
        "forge .git/objects $(git rev-parse HEAD:plans) $(git mktree </dev/null)",
        "What git keeps for the folder `plans`"
      ),
      (
        "forge .git/objects $old $(git rev-parse HEAD:plans)",
        "What git keeps for `plans/quick.yaml`"
      ),
    ])
  func forged(script: String, words: String) async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(Self.forgery + script)
    await expectRefusal(.environment, words) {
      _ = try await folder.diff("main", "plans", in: inner)
    }
  }

  @Test("Neither replaced objects nor grafts make another past")
  func replaced() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      Self.forgery + """
        git switch -qc change; git commit -qam two; two=$(git rev-parse HEAD)
        git commit -q --allow-empty -m three
        git switch -q main; git commit -q --allow-empty -m four; git switch -q change
        git replace $old $new
        git replace $(git rev-parse main:plans) $(git rev-parse HEAD:plans)
        mkdir -p .git/info; echo "$(git rev-parse main) $two" > .git/info/grafts
        """)
    for base in ["main", "main..."] {
      let compared = try await folder.diff(base, "plans", in: inner)
      #expect(compared.text.contains(Self.difference), "\(compared.errors)")
    }
  }

  @Test("No variable of the process points git at another repository, store or setting")
  func variables() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      Self.forgery + """
        git init -q -b main ../other; bare ../false .; forge ../false/objects $old $new
        echo $base > ../shallow
        git update-ref refs/false/$old $new
        """)
    let place = "\(folder.path)/"
    let trap = place + "trapped"
    for variables in [
      ["GIT_DIR": place + "false"], ["GIT_DIR": place + "false", "GIT_WORK_TREE": place],
      ["GIT_OBJECT_DIRECTORY": place + "false/objects"],
      ["GIT_ALTERNATE_OBJECT_DIRECTORIES": place + "false/objects"],
      ["GIT_COMMON_DIR": place + "other/.git"], ["GIT_NAMESPACE": "other"],
      ["GIT_REPLACE_REF_BASE": "refs/false/"], ["GIT_GRAFT_FILE": place + "shallow"],
      ["GIT_SHALLOW_FILE": place + "shallow"], ["GIT_CEILING_DIRECTORIES": place + inner],
      ["GIT_INDEX_FILE": place + "none"], ["GIT_EXEC_PATH": place], ["GIT_TRACE": trap],
      [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": place,
      ],
      ["GIT_CONFIG_PARAMETERS": "'core.worktree=\(place)'"],
      ["GIT_CONFIG_GLOBAL": place + "none", "GIT_CONFIG_SYSTEM": place + "none"],
    ] {
      var all = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
      all.merge(variables) { _, new in new }
      let compared = try await folder.comparison(
        of: .revision("main", paths: ["plans"], variables: all), in: inner)
      #expect(compared.text.contains(Self.difference), "\(variables) \(compared.errors)")
    }
    #expect(!folder.holds("trapped"))
  }

  @Test(
    "A repository that a change brought into another one decides nothing",
    arguments: [
      // As a submodule is checked out: a file that names a folder of git.
      """
      git clone -q . ../store; mv ../store/.git .git/modules; git -C .git/modules config core.bare false
      echo 'gitdir: ../.git/modules' > plans/.git; git -C .git/modules config core.worktree ../../plans
      """,
      // As an archive may bring it.
      "git clone -q --bare . plans/.git; git -C plans/.git config core.bare false",
      "bare plans/x ..; echo 'gitdir: x' > plans/.git",
      "git clone -q . ../store; mv ../store/.git plans/x; ln -s x plans/.git",
    ])
  func nested(script: String) async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      Self.forgery + script + """

        git --git-dir=plans/.git --work-tree=plans add -f quick.yaml
        git --git-dir=plans/.git --work-tree=plans commit -qm false
        """)
    for (path, place) in [("plans", ""), ("plans/quick.yaml", ""), (".", "/plans")] {
      await expectRefusal(.environment, "was no submodule of it in `main`") {
        _ = try await folder.diff("main", path, in: inner + place)
      }
    }
    // The folder above is the true repository, which says what was at the path.
    let above = try await folder.diff("main", ".", in: inner)
    #expect(above.text.hasPrefix("removed plan quickstart"), "\(above.errors)")
  }

  @Test("A folder that became a link is what stood under its name")
  func renamedFolder() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      mkdir -p plans/prod decoy/prod; mv plans/quick.yaml plans/prod/
      cp '\(Repository.oneServer)' decoy/prod/one.yaml; git add .; git commit -qm two
      rm -r plans; ln -s decoy plans
      """)
    let compared = try await folder.diff("main", "plans/prod", in: inner)
    #expect(compared.comparison.differs, "\(compared.text)\(compared.errors)")
  }

  // MARK: What is as it should be

  @Test("Worktrees, submodules, subfolders, shared stores and shallow clones are read as they are")
  func honest() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      Self.forgery + """
        git checkout -q plans
        git worktree add -q ../tree; git worktree add -q nested-tree
        git clone -q --shared . ../shared
        git clone -q --depth 1 "file://$PWD" ../shallow
        git gc -q; git clone -q . ../packed; git -C ../packed gc -q
        git init -q -b main ../super
        git -C ../super -c protocol.file.allow=always submodule --quiet add "$PWD" sub
        git -C ../super commit -qm one
        mkdir ../separate; git init -q -b main --separate-git-dir ../separate.git ../separate
        cp -r plans ../separate/; git -C ../separate add .; git -C ../separate commit -qm one
        for place in ../tree nested-tree ../shared ../shallow ../packed ../super/sub ../separate; do
          sed -i 's/adopted: 95%/adopted: 90%/' $place/plans/quick.yaml
        done
        """)
    for place in [
      "tree", inner + "/nested-tree", "shared", "shallow", "packed", "super/sub", "separate",
    ] {
      for (path, part) in [
        ("plans", ""), (".", "/plans"), ("quick.yaml", "/plans"), ("..", "/plans"),
      ] {
        let compared = try await folder.diff("HEAD", path, in: place + part)
        #expect(compared.text.contains(Self.difference), "\(place) \(path) \(compared.errors)")
      }
      let named = try await folder.diff("HEAD", "\(folder.path)/\(place)/plans", in: ".")
      #expect(named.text.contains(Self.difference), "\(place)")
    }
    // From the repository around it: it was a submodule there.
    let submodule = try await folder.diff("HEAD", "sub/plans", in: "super")
    #expect(submodule.text.contains(Self.difference), "\(submodule.errors)")
  }

  @Test("A repository with SHA-256 is hashed by it")
  func sha256() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      git init -q -b main --object-format=sha256 ../new; cp -r plans ../new/; cd ../new
      git add .; git commit -qm one
      \(Self.forgery)
      """)
    #expect(inner != "new")
    let compared = try await folder.diff("main", "plans", in: "new")
    #expect(compared.text.contains(Self.difference), "\(compared.errors)")
    let forged = try await folder.shell("cd new; \(Self.forgery) forge .git/objects $old $new")
    #expect(forged.status == 0, "\(forged.errors)")
    await expectRefusal(.environment, "What git keeps for `plans/quick.yaml`") {
      _ = try await folder.diff("main", "plans", in: "new")
    }
  }

  @Test("What a partial clone left out is not fetched, by no program that the repository names")
  func partial() async throws {
    let folder = try TestFolder()
    let trap = folder.path + "/trapped"
    let inner = try await folder.makeRepository(
      """
      git config uploadpack.allowFilter true; git config uploadpack.allowAnySHA1InWant true
      git clone -q --no-checkout --filter=blob:none "file://$PWD" ../partial
      cd ../partial; mkdir plans; cp '\(Repository.quickstart)' plans/quick.yaml
      git config remote.origin.uploadpack "sh -c 'touch \(trap)'"
      git config core.sshCommand "sh -c 'touch \(trap)'"
      """)
    #expect(!inner.isEmpty)
    for url in [
      "file://\(folder.path)/\(inner)", "ext::sh -c 'touch% \(trap)'", "ssh://nowhere.invalid/x",
    ] {
      _ = try await folder.shell("cd partial; git config remote.origin.url \"\(url)\"")
      await expectRefusal(.environment, "left out") {
        _ = try await folder.diff("HEAD", "plans", in: "partial")
      }
      #expect(!folder.holds("trapped"))
    }
  }
}
