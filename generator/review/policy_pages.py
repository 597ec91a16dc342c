"""Codes of what an author may not change -> their pages. What does each one mean?"""

POLICY_PAGES = """
author-unknown: Nobody at school is known by this number.
    Что это значит: номера учётной записи нет ни в people.yml, ни в чьём-нибудь student.yml.
    Почему важно: имя и почта в Git — простой текст, их пишет кто угодно; верят только номеру.
    Не так: узнавать человека по имени в commit
    А так: accounts: [forgejo:42]

author-without-order: A member of staff changes something without an order in force.
    Что это значит: номер известен, а приказа на сегодня нет.
    Почему важно: с портфолио работают только названные приказом (002 §7.3, R-133).
    Не так: приказ кончился 31 августа
    А так: новый приказ внесён в people.yml

foreign-folder: The folder of another student was changed.
    Что это значит: с этой учётной записи можно менять папку своего ребёнка или своего класса.
    Почему важно: чужое не правят, даже из добрых побуждений (003 §3.3.2, R-051).
    Не так: семья Беловой изменила папку ivanov-petr
    А так: своё — сами, общее — через учителя

staff-path: A student or a family changed what staff write.
    Что это значит: папки records и school ведут сотрудники.
    Почему важно: иначе можно подтвердить самому себе или вписать согласие (R-050, R-060).
    Не так: запись в records/…/confirmations.yml от имени ученика
    А так: ученик меняет только students/<себя>

beyond-duty: A member of staff changed what is another's to write.
    Что это значит: об ученике пишет его классный руководитель или завуч его ступени; настройки
    школы — завуч и директор.
    Почему важно: за верность отвечает тот, чьё это дело (003 §3.3, R-050).
    Не так: учитель 3 «Б» изменил согласие ученика 4 «А»
    А так: попросить того, чьё это дело

forbidden-path: Something outside the portfolios was changed.
    Что это значит: там стоят проверки, настройки сервера и всё, что запускается.
    Почему важно: кто правит проверку, тот пройдёт её всегда.
    Не так: вместе с записью изменён .forgejo/workflows/check.yml
    А так: это меняют завуч и директор

not-a-branch: A name was sent that is no branch.
    Что это значит: отправлена метка или другое имя, например refs/replace/…
    Почему важно: метку `main` Git примет за ветку, а замену — за сам commit: смотреть станут не то.
    Не так: git push origin refs/tags/main
    А так: git push origin leto-2026

submodule: Another repository is put in.
    Что это значит: вместо файлов стоит ссылка на другой репозиторий.
    Почему важно: что в нём окажется завтра, неизвестно.
    Не так: git submodule add
    А так: сами файлы

exec-bit: A file is marked as a program.
    Что это значит: у файла стоит право на исполнение.
    Почему важно: портфолио — это слова и снимки, запускать в нём нечего.
    Не так: режим 100755
    А так: режим 100644

odd-name: A file or folder has a name that some disk cannot hold or that hides something.
    Что это значит: невидимые знаки, двоеточие, косая черта, точка в начале или слишком длинно.
    Почему важно: такое имя выглядит не тем, чем является, или пропадёт на другом компьютере.
    Не так: .gitattributes в папке записи
    А так: diplom.jpg

bad-type: A file is of a kind that has no place in a portfolio.
    Что это значит: здесь бывают YAML, снимки и PDF.
    Почему важно: остальное либо не покажется, либо опасно.
    Не так: diplom.svg, archive.zip, page.html
    А так: diplom.jpg

history-rewritten: Earlier changes are gone.
    Что это значит: новое состояние сделано не поверх прежнего.
    Почему важно: так можно незаметно убрать то, что уже проверили.
    Не так: git push --force в общую ветку
    А так: новое изменение поверх прежних

branch-removed: A branch was deleted by somebody who may not.
    Что это значит: имя в репозитории удалили.
    Почему важно: вместе с ним пропадает то, что на нём держалось.
    Не так: git push --delete main
    А так: это делают завуч и директор
"""
