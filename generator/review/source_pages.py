"""Codes of pinned sources that are found by looking at repositories -> their pages. What does each
mean?"""

SOURCE_PAGES = """
source-not-here: The approved state of a student's repository is not on this computer.
    Что это значит: хранилище ученика сюда ещё не получали, или одобренного состояния там уже нет.
    Почему важно: собирают только одобренное; взять вместо него новое или пропустить ученика нельзя.
    Не так: собирать на новом компьютере сразу
    А так: сначала stupeni sources sync, потом stupeni build

source-edited: The folder of a student with a repository is not as approved.
    Что это значит: у ученика своё хранилище, а в students/ на этом компьютере что-то изменили.
    Почему важно: изменение пропало бы или попало бы на сайт, минуя ученика и проверку.
    Не так: поправить запись прямо в students/belova-anna
    А так: поправить её в хранилище ученика и получить: stupeni sources sync

source-too-many-files: A student's repository holds far too many files.
    Что это значит: файлов больше пяти тысяч, или их столько, что до конца не прочесть.
    Почему важно: так выглядит ошибка программы или попытка остановить сборку.
    Не так: в хранилище целиком положили папку телефона
    А так: записи и сканы к ним

source-file-too-big: A file in a student's repository is too big to be fetched.
    Что это значит: файл больше 20 МБ; он остался на сервере.
    Почему важно: такого скана не бывает: диплом занимает несколько сотен килобайт.
    Не так: видео с праздника
    А так: снимок, облегчённый командой stupeni shrink

source-unreachable: A student's repository does not answer.
    Что это значит: адрес не тот, нет сети, доступ закрыт или ключ сервера кончился.
    Почему важно: нового не видно; на сайтах остаётся одобренное раньше.
    Не так: хранилище переименовали, а в sources.yml прежний адрес
    А так: адрес исправлен, ключ действует

source-empty: A student's repository holds nothing yet.
    Что это значит: сервер отвечает, а ветки, названной в branch, там нет.
    Почему важно: одобрять нечего.
    Не так: ученик пишет в master, а в sources.yml branch: main
    А так: branch: master

source-refused: What a student's repository sent was not taken.
    Что это значит: содержимое повреждено, слишком велико или шло дольше двух минут.
    Почему важно: то, чего не проверить, не берут; на сайтах остаётся одобренное раньше.
    Не так: в историю попали гигабайты видео
    А так: хранилище заведено заново, в нём только портфолио

source-never-asked: A student's repository was never asked from this computer.
    Что это значит: источник внесён, а stupeni sources sync с тех пор не запускали.
    Почему важно: неизвестно, есть ли там что-нибудь.
    Не так: внести адрес и ждать
    А так: stupeni sources sync

source-open-to-others: A student's repository lets in somebody whom the school does not name.
    Что это значит: на сервере доступ есть у кого-то кроме ученика, его классного руководителя,
    завучей и директора, или хранилище открыто всем.
    Почему важно: чужой ребёнок прочтёт то, чего ему не показывали, — и то, что ещё не одобрено.
    Не так: одноклассника добавили, чтобы помог, и забыли
    А так: пишет ученик, читает его учитель

source-rewritten: The history of a student's repository was rewritten.
    Что это значит: одобренного состояния среди нового нет: его заменили или ветку начали заново.
    Почему важно: так теряют и прячут сделанное; на сайтах остаётся одобренное.
    Не так: git push --force поверх одобренного
    А так: новое поверх прежнего
"""
